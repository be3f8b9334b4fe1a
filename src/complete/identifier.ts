import { formatIdentifier, quoteIdentifier } from '../sql/quote.ts';

/** One part of a name as it was typed. */
export interface NamePart {
  /** Folded to lower case unless it was quoted. */
  readonly name: string;
  readonly isQuoted: boolean;
  readonly typed: string;
}

/** Splits a name at its dots: `PUBLIC."My tab` are `public` and `My tab`. The last part may be unfinished or empty. */
export function nameParts(text: string): readonly NamePart[] {
  const parts: NamePart[] = [];
  let typed = '';
  let name = '';
  let isQuoted = false;
  let isInside = false;
  const end = (): void => {
    parts.push({ name, isQuoted, typed });
    typed = '';
    name = '';
    isQuoted = false;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '.' && !isInside) {
      end();
      continue;
    }
    typed += character;
    if (character !== '"') name += isInside ? character : character.toLowerCase();
    else if (isInside && text[at + 1] === '"') {
      name += '"';
      typed += '"';
      at++;
    } else {
      isInside = !isInside;
      isQuoted = true;
    }
  }
  end();
  return parts;
}

/** The last part of a whole name: `tab1` of `public."tab1"`. */
export function lastName(text: string): string {
  return nameParts(text).at(-1)?.name ?? '';
}

/** A name for SQL: quoted where it must be, or where a quote was typed. */
export function writtenName(name: string, typed: NamePart | undefined): string {
  return typed?.isQuoted === true ? quoteIdentifier(name) : formatIdentifier(name);
}
