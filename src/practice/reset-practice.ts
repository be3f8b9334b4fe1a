import { type DataFolderRefusal, setDataFolderAside } from '../server/embedded/data-folder.ts';
import { practiceFolder } from './open-practice.ts';

export type ResetOutcome =
  /** One sentence for the user, and where the old rows are now. */
  { readonly ok: true; readonly text: string; readonly setAside: string | undefined } | DataFolderRefusal;

/** `howdah practice reset`: puts the user's copy aside (never deletes it); the next start unpacks a fresh one. */
export async function resetPractice(name: string): Promise<ResetOutcome> {
  const outcome = await setDataFolderAside(await practiceFolder(name));
  if (!outcome.ok) return outcome;
  if (outcome.path === undefined) return { ok: true, text: `Practice database ${name} is as new.`, setAside: undefined };
  return {
    ok: true,
    text: `Practice database ${name} will be as new at the next start. What was in it is kept in ${outcome.path}; delete that when you no longer need it.`,
    setAside: outcome.path,
  };
}
