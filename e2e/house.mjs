// A house of our own for one journey: the built binary in demo mode, on a free loopback port, its
// data in a temporary folder. Both are gone when the journey is over.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PATIENCE_MS = 120_000;

/** Starts a demo; `until` is the day it is carried on to, or where it stops by itself. */
export async function openHouse({ binary, until, electronic }) {
  const data = await mkdtemp(join(tmpdir(), 'kvarter-journey-'));
  const port = await freePort();
  const words = ['demo', '--data', data, '--port', String(port)];
  if (until) words.push('--until', until);
  if (electronic) words.push('--electronic');
  const child = spawn(binary, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const close = async () => {
    child.kill();
    const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(late);
    await rm(data, { recursive: true, force: true });
  };
  try {
    await saysItsAddress(child, port);
  } catch (problem) {
    await close();
    throw problem;
  }
  return { address: `http://127.0.0.1:${port}`, data, close };
}

function saysItsAddress(child, port) {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`the demo never said where it listens:\n${said}`)), PATIENCE_MS);
    const hear = (text) => {
      said += text;
      if (said.includes(`127.0.0.1:${port}`)) {
        clearTimeout(late);
        resolve();
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the demo ended with ${code} before it was open:\n${said}`));
    });
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
