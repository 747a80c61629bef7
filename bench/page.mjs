/// <reference lib="dom" />
// How long the main thread works for a step of each lesson: from the key to the frame that is handed over, without the
// wait for that frame to begin. On a processor slowed down four times; beside it, a page that changes one word.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium as browserOf } from '@playwright/test';
import { chromium } from '../scripts/lib/packages.mjs';
import { serve } from '../scripts/lib/server.mjs';
import { dataFolder, dist } from '../scripts/lib/web.mjs';

const slowdown = 4;
const steps = 30;
const frame = 1000 / 60; // milliseconds

/** In the page: presses `key` so many times and tells what each took, in milliseconds. */
async function press([key, times]) {
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const handedOver = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const begun = performance.now();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - begun);
        port2.postMessage(null);
      });
    });
  const took = [];
  for (let i = 0; i < times; ++i) {
    await pause(60);
    const drawn = handedOver(); // its callback is the frame's first
    const begun = performance.now();
    dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    for (let turn = 0; turn < 20; ++turn) await null; // what the elements put off to the end of the event
    const handled = performance.now() - begun;
    took.push(handled + (await drawn));
  }
  return took;
}

function told(took) {
  const sorted = [...took].sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1).padStart(5);
  return `${at(0.5)} ms, 95 % within ${at(0.95)}`;
}

export async function measureSteps() {
  const { server, address } = await serve(dist, 0);
  const browser = await browserOf.launch({
    executablePath: chromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const slow = async (rate) =>
    (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate });
  try {
    console.log(`\nA step of a lesson, at ${slowdown} times CPU slowdown (a frame: ${frame.toFixed(1)} ms)`);
    await page.goto('about:blank');
    await page.evaluate(() => addEventListener('keydown', () => (document.body.textContent = String(Math.random()))));
    await slow(slowdown);
    console.log(`${'one word, for comparison'.padEnd(26)} ${told(await page.evaluate(press, ['ArrowRight', steps]))}`);
    const list = path.join(dataFolder(), 'lessons', 'index.json');
    const lessons = /** @type {{ id: string }[]} */ (JSON.parse(readFileSync(list, 'utf8')));
    for (const { id } of lessons) {
      await slow(1);
      await page.goto(`${address}#/lessons?l=${id}`);
      await page.locator('heapyard-lesson-scene').waitFor();
      await page.evaluate(press, ['ArrowRight', 3]); // fetches what comes with the first steps
      await slow(slowdown);
      const forward = await page.evaluate(press, ['ArrowRight', steps]);
      const back = await page.evaluate(press, ['ArrowLeft', steps]);
      console.log(`${id.padEnd(26)} forward ${told(forward)}; back ${told(back)}`);
    }
  } finally {
    await browser.close();
    server.close();
  }
}
