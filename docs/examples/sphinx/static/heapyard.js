// Beside _static/ lies heapyard/, on whatever page this is.
await import(new URL('../heapyard/embed.js', import.meta.url).href);
