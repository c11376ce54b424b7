import { RequestCard } from '../pane/RequestCard';
import { useWaiting } from '../pane/waiting';

/** What waits for a person, oldest first. */
export default function InboxView() {
  const items = useWaiting(null);
  return (
    <section class="inbox" aria-labelledby="inbox-title">
      <h2 id="inbox-title" class="for-ears">
        Inbox
      </h2>
      {items.length === 0 && <p class="empty">Nothing waits for you.</p>}
      <ul class="cards wide">
        {items.map(({ row, settled }) => (
          <RequestCard key={row.id} row={row} settled={settled} />
        ))}
      </ul>
    </section>
  );
}
