export type Theme = 'auto' | 'light' | 'dark';

export function isTheme(name: unknown): name is Theme {
  return name === 'auto' || name === 'light' || name === 'dark';
}
