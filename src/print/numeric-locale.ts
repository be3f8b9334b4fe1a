const numeric = /^[0-9+\-.eE]*$/;
const parts = /^([+-]?)([0-9]*)(.*)$/s;

/**
 * A number with its digits in groups of three, as \pset numericlocale of a psql whose locale names no separators (C).
 * What holds anything but digits, signs, points and exponents (money) stays as it is.
 */
export function localizeNumber(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const [, sign = '', digits = '', rest = ''] = parts.exec(text) ?? [];
  if (!numeric.test(text) || digits.length <= 3) return bytes;
  return Buffer.from(sign + digits.replace(/\B(?=(?:[0-9]{3})+$)/g, ',') + rest, 'latin1');
}
