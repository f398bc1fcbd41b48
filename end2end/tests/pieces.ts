// A page that arrives as over a slow network: element by element, with a pause before each.
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { test as base } from './page';

/** What passes until the next element, in milliseconds: in two of them a browser paints once. */
const PAUSE = 8;

/** How long the first piece takes to be painted, in milliseconds; what follows is to be seen coming. */
const FIRST = 400;

/** Where an element begins, other than what colours the lines of YAML. */
const ELEMENT = /(?=<(?!span|b>|wbr|script)[a-z])/;

/** A document in the pieces in which it comes: the first is what a browser waits for before it paints. */
function pieces(html: string): string[] {
  const awaited = /rel="expect" href="#([^"]+)"/.exec(html)?.[1];
  const first = awaited ? html.indexOf('>', html.indexOf(`id="${awaited}"`)) + 1 : 0;
  return [html.slice(0, first), ...html.slice(first).split(ELEMENT)];
}

/** Passes a request on, and the answer back; documents in pieces. */
function pass(home: string) {
  return (asked: IncomingMessage, answer: ServerResponse) => {
    const headers = { ...asked.headers, 'accept-encoding': 'identity' };
    const onward = request(new URL(asked.url ?? '/', home), { method: asked.method, headers }, async (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      if (!given.headers['content-type']?.startsWith('text/html')) return given.pipe(answer);
      for (const [index, piece] of pieces(await text(given)).entries()) {
        answer.write(piece);
        await setTimeout(index === 0 ? FIRST : PAUSE);
      }
      return answer.end();
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  };
}

/** A test whose `page` and `baseURL` are at the end of such a network. */
export const test = base.extend({
  baseURL: async ({ baseURL }, use) => {
    const proxy = createServer(pass(baseURL ?? ''));
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    await use(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    proxy.closeAllConnections();
    proxy.close();
  },
});
