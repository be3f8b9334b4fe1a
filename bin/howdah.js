#!/usr/bin/env node
// Plain JavaScript for any Node: finds one that is new enough, then loads the build.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const oldestNode = 22;
const build = new URL('../dist/main.js', import.meta.url);
const ownNode = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

if (Number.parseInt(process.versions.node, 10) < oldestNode) runWithOwnNode();
else if (!existsSync(build)) stop('the program is not built yet: run "npm ci" in its folder');
else await run();

async function run() {
  nodeModule.enableCompileCache?.();
  const { main } = await import(build.href);
  await main(process.argv.slice(2), process.argv[1]);
}

function runWithOwnNode() {
  if (!existsSync(ownNode))
    stop(`Node ${oldestNode} or newer is needed, this is ${process.versions.node}: install it from https://nodejs.org`);
  const child = spawn(ownNode, process.argv.slice(1), { stdio: 'inherit' });
  // The arguments may hold a password; the child takes them out of its own title too.
  process.title = 'howdah';
  // A terminal sends Ctrl-C to both; it is the child's to answer.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (status, signal) => {
    if (signal === null) process.exit(status ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function stop(sentence) {
  process.stderr.write(`howdah: ${sentence}\n`);
  process.exit(1);
}
