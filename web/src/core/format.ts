import { language, say } from '../words/say.js';

/** An address, with as many digits as the arena's last one needs, at least three. */
export function address(offset: number, arenaBytes = 0): string {
  const digits = Math.max(3, Math.max(0, arenaBytes - 1).toString(16).length);
  return `0x${offset.toString(16).padStart(digits, '0')}`;
}

let grouped: Intl.NumberFormat | undefined;

/** A number with its digits in groups, as the reader's language has them. */
export function count(value: number): string {
  grouped ??= new Intl.NumberFormat(language());
  return grouped.format(value);
}

/** Bytes as a number that is exact: 1 byte, 2,048 bytes. */
export function wholeBytes(value: number): string {
  return value === 1 ? say('1 byte') : say('{0} bytes', count(value));
}

/** Bytes in at most four digits with their unit: 136 B, 3.9 KiB, 64 MiB. */
export function bytes(value: number): string {
  if (value < 10_000) return `${count(value)} B`;
  const units = ['KiB', 'MiB', 'GiB'];
  let scaled = value / 1024;
  let unit = 0;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    ++unit;
  }
  return `${scaled < 100 && scaled % 1 !== 0 ? scaled.toFixed(1) : Math.round(scaled)} ${units[unit]}`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
