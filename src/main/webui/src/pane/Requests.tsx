import { RequestCard } from './RequestCard';
import { useWaiting } from './waiting';

/** What a pane's session asks. */
export function Requests({ session }: { session: string }) {
  const items = useWaiting(session);
  if (items.length === 0) {
    return null;
  }
  return (
    <ul class="cards wide asked" aria-label="What this session asks">
      {items.map(({ row, settled }) => (
        <RequestCard key={row.id} row={row} settled={settled} />
      ))}
    </ul>
  );
}
