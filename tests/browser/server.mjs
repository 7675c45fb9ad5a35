// The program itself, on a free port of loopback, with data that goes away.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PATIENCE = 60_000;
const PROGRAM = process.env.SINETTI ?? '../../target/debug/sinetti';

/// Starts `sinetti serve` with `args`; answers its base address, where its data are, and how to stop it.
export async function serve(...args) {
  const dir = await mkdtemp(join(tmpdir(), 'sinetti-pages-'));
  const { base, stop: end } = await serveIn(dir, ...args);
  const stop = async () => {
    await end();
    await rm(dir, { recursive: true, force: true });
  };
  return { base, dir, stop };
}

/// The same on data that lies in `dir` and stays there.
export async function serveIn(dir, ...args) {
  const child = spawn(PROGRAM, ['serve', '--listen', '127.0.0.1:0', '--data-dir', dir, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const base = await address(child);
  const stop = async () => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  };
  return { base, stop };
}

/// Runs `sinetti` with `args` to its end; answers exit code and stdout.
export function sinetti(...args) {
  return new Promise((ended) => {
    execFile(PROGRAM, args, (error, stdout) => ended({ code: error === null ? 0 : error.code, stdout }));
  });
}

/// The address that the program prints once it serves.
function address(child) {
  return new Promise((found, lost) => {
    let said = '';
    const patience = setTimeout(() => lost(new Error(`no address after ${PATIENCE} ms:\n${said}`)), PATIENCE);
    const listen = (bytes) => {
      said += bytes;
      const match = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (match) {
        clearTimeout(patience);
        found(match[0]);
      }
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', (bytes) => { said += bytes; });
    child.once('exit', (code) => lost(new Error(`sinetti ended with ${code}:\n${said}`)));
  });
}
