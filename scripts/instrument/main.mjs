// node scripts/instrument/main.mjs ID SOURCE IN.ll OUT.ll TABLES.cpp
// The lesson ID, whose source clang made into IN.ll, with the core's hooks, and the tables that tell its variables.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { instrument } from './rewrite.mjs';
import { tablesSource } from './tables.mjs';

const [id, source, from, to, tables] = process.argv.slice(2);
const made = instrumented();
writeFileSync(to, made.text);
writeFileSync(tables, tablesSource(id, readFileSync(source, 'utf8'), made));

function instrumented() {
  try {
    return instrument(readFileSync(from, 'utf8'), { file: path.basename(source), id });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
