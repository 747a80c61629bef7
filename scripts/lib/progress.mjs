// What a running command shows: a line a task. On a terminal the line of the running task is live; elsewhere (CI, a
// file) there are plain lines, with a sign of life every few seconds.
const live = process.stdout.isTTY && !process.env.CI;
const colourful = process.stdout.isTTY && !process.env.NO_COLOR;
const signOfLifeSeconds = 15;

const paint = (code, text) => (colourful ? `\x1b[${code}m${text}\x1b[0m` : text);
export const bold = (text) => paint('1', text);
const marks = { done: paint('32', '✓'), failed: paint('31', '✗'), running: paint('33', '▸') };

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

let running;

/** Prints a line above the live one. */
export function say(text = '') {
  clearLive();
  console.log(text);
  running?.draw();
}

function clearLive() {
  if (live) process.stdout.write('\r\x1b[2K');
}

/**
 * Runs `work(progress)` as a task with a name, its time and its last words; `progress(text)` tells how far it is, and
 * what is undefined or empty tells nothing new. A result's `note` is shown at the end, its `failed` marks it.
 */
export async function task(name, work) {
  const since = Date.now();
  let words = '';
  let told = Date.now();
  running = {
    draw() {
      if (!live) return;
      const line = `${seconds(since).padStart(8)}  ${name}  ${words}`;
      clearLive();
      process.stdout.write(`${marks.running} ${line.slice(0, (process.stdout.columns ?? 80) - 3)}`);
    },
  };
  if (!live) console.log(`▸ ${name}`);
  const clock = setInterval(() => {
    running?.draw();
    if (!live && Date.now() - told > signOfLifeSeconds * 1000) {
      told = Date.now();
      console.log(`  ${seconds(since).padStart(8)}  ${words}`);
    }
  }, 200);
  const end = (mark, note) => {
    clearInterval(clock);
    running = undefined;
    clearLive();
    console.log(`${mark} ${seconds(since).padStart(8)}  ${name}${note ? `: ${note}` : ''}`);
  };
  try {
    const result = await work((text) => {
      words = text?.trim() || words;
    });
    end(result?.failed ? marks.failed : marks.done, result?.note);
    return result;
  } catch (error) {
    end(marks.failed);
    throw error;
  }
}
