import Reveal from './reveal/reveal.esm.js';

// The arrows turn slides while the focus is on the deck, and step while it is inside of a <heap-yard>: click into it, or
// Tab to it; a click beside it, or Shift Tab, leads back.
await new Reveal({ width: 1280, height: 720, margin: 0.02, hash: true }).initialize();
