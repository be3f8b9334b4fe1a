/** An integer of 32 bits with blanks around it, as C's strtol reads it; undefined for anything else. */
export function readNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^[ \t\n\v\f\r]*[+-]?\d+[ \t\n\v\f\r]*$/.test(text)) return undefined;
  const number = Number(text.trim());
  return number >= -(2 ** 31) && number < 2 ** 31 ? number : undefined;
}
