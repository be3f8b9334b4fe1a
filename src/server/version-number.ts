/** server_version as PQserverVersion computes it: '15.18 (Debian …)' is 150018, '9.6.3' is 90603, '18beta1' is 180000; 0 where it says nothing. */
export function versionNumber(text: string): number {
  const [, major, minor, revision] = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? [];
  if (major === undefined) return 0;
  const first = Number(major);
  const second = Number(minor ?? 0);
  if (revision === undefined && first >= 10) return first * 10_000 + second;
  return (first * 100 + second) * 100 + Number(revision ?? 0);
}
