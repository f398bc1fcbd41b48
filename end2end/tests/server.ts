// A server of a test's own, with a copy of the chart that the test may edit.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test as base } from './page';

/** The program under test; `cargo xtask test` names it. */
const PROGRAM = process.env.CHARTROOM_BIN;

/** The repository's chart. */
const CHART = fileURLToPath(new URL('../../chart', import.meta.url));

export class Server {
  private process?: ChildProcess;
  url = '';

  constructor(readonly chart: string) {}

  /** Starts it, the second time at the address of the first. */
  async start(): Promise<void> {
    const listen = this.url ? new URL(this.url).host : '127.0.0.1:0';
    const child = spawn(PROGRAM ?? '', ['serve', '--chart', this.chart, '--listen', listen], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, RUST_LOG: 'error' },
    });
    this.process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const found = /http:\/\/\S+/.exec(line);
      if (found) {
        this.url = found[0];
        return;
      }
    }
    throw new Error('the server did not start');
  }

  /** Ends it at once, as a crash would. */
  async stop(): Promise<void> {
    if (!this.process || this.process.exitCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }

  /** Changes a file of the chart. */
  async edit(file: string, change: (text: string) => string): Promise<void> {
    const path = join(this.chart, file);
    await writeFile(path, change(await readFile(path, 'utf8')));
  }
}

/** A test with a server of its own; `page` and `baseURL` are that server's. */
export const test = base.extend<{ server: Server }>({
  server: async ({}, use) => {
    test.skip(!PROGRAM, 'CHARTROOM_BIN names no program');
    const folder = await mkdtemp(join(tmpdir(), 'chartroom-'));
    const server = new Server(join(folder, 'chart'));
    await cp(CHART, server.chart, { recursive: true });
    await server.start();
    await use(server);
    await server.stop();
    await rm(folder, { recursive: true });
  },
  baseURL: async ({ server }, use) => use(server.url),
});
