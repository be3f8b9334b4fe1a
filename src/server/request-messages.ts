import {
  bindMessage,
  closeStatement,
  describePortal,
  describeStatement,
  executeMessage,
  parseMessage,
  queryMessage,
} from './frontend-messages.ts';
import type { StatementRequest } from './session.ts';

/** Whether the request goes by the extended protocol, and needs a Sync behind it. */
export function isExtended({ describeOnly, prepare, close, prepared, parameters }: StatementRequest): boolean {
  return describeOnly === true || prepare !== undefined || close !== undefined || prepared !== undefined || parameters !== undefined;
}

/** The messages of a request, without Sync. */
export function requestMessages({ sql, parameters, prepared, prepare, close, describeOnly }: StatementRequest): readonly Buffer[] {
  if (describeOnly === true) return [parseMessage(sql), describeStatement()];
  if (prepare !== undefined) return [parseMessage(sql, prepare)];
  if (close !== undefined) return [closeStatement(close)];
  if (prepared !== undefined) return [bindMessage(parameters ?? [], prepared), describePortal(), executeMessage()];
  if (parameters !== undefined) return [parseMessage(sql), bindMessage(parameters), describePortal(), executeMessage()];
  return [queryMessage(sql)];
}
