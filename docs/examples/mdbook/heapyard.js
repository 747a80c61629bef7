// mdBook's additional-js are no modules: this one fetches the module. `path_to_root` is mdBook's own.
import(new URL(`${path_to_root}heapyard/embed.js`, document.baseURI).href);
