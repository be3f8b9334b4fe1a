import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

const lookEvery = 25; // ms

/**
 * Keeps the heap's young generation near a size. V8 doubles it up to 128 MB in a program that makes much short-lived garbage, as
 * drawing frames does; that is memory without use here. --max-semi-space-size counts only on the command line, the growth factor at any time.
 */
export function limitYoungGeneration(bytes: number): void {
  const looking = setInterval(() => {
    const size = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')?.space_size ?? 0;
    if (size < bytes) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(looking);
  }, lookEvery);
  looking.unref();
}
