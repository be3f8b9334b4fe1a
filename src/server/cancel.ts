import { cancelRequest } from './frontend-messages.ts';
import type { CancelOutcome } from './session.ts';
import type { Transport } from './transport.ts';

/** Milliseconds for the server to close the connection: nothing else is sent before, and that must not be for ever. */
const closeLimit = 10_000;

/**
 * Sends a CancelRequest over a connection of its own (protocol, section "Canceling Requests in Progress"). The server answers
 * nothing and closes; whether the statement was cancelled only the session itself learns.
 */
export async function sendCancel(open: () => Promise<Transport>, processId: number, secretKey: Buffer): Promise<CancelOutcome> {
  try {
    const transport = await open();
    return await new Promise<CancelOutcome>((resolve) => {
      const limit = setTimeout(() => {
        resolve({ ok: false, reason: `the server has not taken it within ${closeLimit / 1000} seconds` });
        transport.stream.destroy();
      }, closeLimit);
      transport.listen({
        data: () => {},
        closed: (error) => {
          clearTimeout(limit);
          transport.stream.destroy();
          // Windows servers reset instead of closing; the request had arrived by then.
          if (error === undefined || error.code === 'ECONNRESET') resolve({ ok: true });
          else resolve({ ok: false, reason: error.message });
        },
      });
      transport.stream.write(cancelRequest(processId, secretKey));
      transport.stream.resume();
    });
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
