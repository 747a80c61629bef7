import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  help: string;
  nodes: { target: unknown; failureSummary?: string }[];
}

/** What axe finds on a page as it stands. */
export async function findingsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe); // by the debugger, not by a script element: the policy stays as strict as it is
  const findings = await page.evaluate(async () => {
    type Axe = { run(options: unknown): Promise<{ violations: Finding[] }> };
    const { run } = (window as unknown as { axe: Axe }).axe;
    return (await run({ rules: { 'target-size': { enabled: true } } })).violations; // of WCAG 2.2, and off by itself
  });
  return findings.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `  ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`).join('\n')}`,
  );
}
