/** An errno as strerror words it: `No such file or directory`. libuv's wording is lower case and sometimes its own. */
export function systemErrorText(error: unknown): string {
  const { code, errno, message } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : strerror[code];
  if (known !== undefined) return known;
  if (errno === undefined) return message;
  // `EXAMPLE: the text, open 'path'`
  const text = /^[A-Z0-9]+: (.*), \w+(?: '.*')?$/s.exec(message)?.[1] ?? message;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const strerror: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  ENOSPC: 'No space left on device',
  EROFS: 'Read-only file system',
  EEXIST: 'File exists',
  EPERM: 'Operation not permitted',
  EMFILE: 'Too many open files',
  ENAMETOOLONG: 'File name too long',
  ELOOP: 'Too many levels of symbolic links',
  EPIPE: 'Broken pipe',
  EIO: 'Input/output error',
  EFBIG: 'File too large',
  EDQUOT: 'Disk quota exceeded',
  ENXIO: 'No such device or address',
  ETXTBSY: 'Text file busy',
};
