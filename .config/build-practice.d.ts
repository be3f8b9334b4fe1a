export function buildPractice(distFolder: string): Promise<void>;
