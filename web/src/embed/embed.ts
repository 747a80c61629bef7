import { setHome } from '../core/home.js';
import { defineElements } from '../parts/define.js';
import { HeapYard } from './heap-yard.js';

setHome(import.meta.url, 'guest');
defineElements({ 'heap-yard': HeapYard });

export { HeapYard };
