import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TerminalSocket, WINDOW } from './socket';

class FakeSocket {
  static made: FakeSocket[] = [];
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  readyState = 1;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.made.push(this);
  }

  send(data: unknown): void {
    this.sent.push(data);
  }

  close(): void {
    this.readyState = FakeSocket.CLOSED;
    this.onclose?.();
  }
}

const log: string[] = [];
const drawn: (() => void)[] = [];
let socket: TerminalSocket;
let size: { columns: number; rows: number };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.made = [];
  log.length = 0;
  drawn.length = 0;
  size = { columns: 80, rows: 24 };
  socket = new TerminalSocket('/t?kind=agent', () => 's3cret', () => size, {
    output: (bytes, first, done) => {
      log.push(`${first ? 'first ' : ''}${bytes.length}`);
      drawn.push(done);
    },
    ended: (status) => log.push(`ended ${status}`),
    refused: (problem) => log.push(`refused ${problem.code}`),
    lost: () => log.push('lost'),
  });
  socket.connect();
});

afterEach(() => {
  socket.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function last(): FakeSocket {
  return FakeSocket.made.at(-1) as FakeSocket;
}

test('proves itself first, and tells what was drawn by the window', () => {
  last().onopen?.();
  expect(last().url).toContain(`/t?kind=agent&columns=80&rows=24&window=${WINDOW}`);
  expect(last().sent).toEqual(['{"secret":"s3cret"}']);
  last().onmessage?.({ data: new ArrayBuffer(WINDOW / 12) });
  last().onmessage?.({ data: new ArrayBuffer(WINDOW / 12) });
  drawn[0]?.();
  expect(last().sent).toHaveLength(1);
  drawn[1]?.();
  expect(last().sent[1]).toBe(JSON.stringify({ taken: WINDOW / 6 }));
});

test('tells of a size that changed before it was open', () => {
  last().readyState = 0;
  size = { columns: 80, rows: 21 };
  socket.resize(80, 21);
  expect(last().sent).toEqual([]);
  last().readyState = 1;
  last().onopen?.();
  expect(last().sent).toEqual(['{"secret":"s3cret"}', '{"resize":{"columns":80,"rows":21}}']);
});

test('comes back by itself, and counts anew', () => {
  last().onmessage?.({ data: new ArrayBuffer(3) });
  last().close();
  expect(log).toEqual(['first 3', 'lost']);
  vi.advanceTimersByTime(1000);
  expect(FakeSocket.made).toHaveLength(2);
  last().onmessage?.({ data: new ArrayBuffer(4) });
  last().onmessage?.({ data: new ArrayBuffer(5) });
  expect(log.slice(2)).toEqual(['first 4', '5']);
  last().onmessage?.({ data: new ArrayBuffer(WINDOW / 6) });
  drawn[0]?.();
  expect(last().sent).toEqual([]);
  drawn[3]?.();
  expect(last().sent).toEqual([JSON.stringify({ taken: WINDOW / 6 })]);
});

test('does not wait when the network is back', () => {
  last().close();
  dispatchEvent(new Event('online'));
  expect(FakeSocket.made).toHaveLength(2);
});

test('gives up a connection that says nothing', () => {
  vi.advanceTimersByTime(45_001);
  expect(log).toEqual(['lost']);
});

test('ends when its program ended, and goes on when only the host is away', () => {
  last().onmessage?.({ data: '{"problem":{"code":"UNREACHABLE"}}' });
  last().close();
  vi.advanceTimersByTime(1000);
  expect(FakeSocket.made).toHaveLength(2);
  last().onmessage?.({ data: '{"exit":7}' });
  last().close();
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.made).toHaveLength(2);
  expect(log).toEqual(['refused UNREACHABLE', 'lost', 'ended 7']);
});

test('cuts what is pasted into frames that the service takes', () => {
  socket.type(new Uint8Array(40_000));
  expect(last().sent.map((each) => (each as Uint8Array).length)).toEqual([16384, 16384, 7232]);
});
