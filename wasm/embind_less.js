// Embind's JavaScript, as far as the modules here need it: functions of C++, classes without bases whose objects C++ owns
// until they are deleted, 32-bit integers, doubles, booleans, text, values, and views of memory. Embind's own brings
// inheritance, smart pointers, overloads, wide text, and tells at length of mistakes that TypeScript does not let through.
// What stands here replaces what has the same name there; types look as Embind's do, so that the rest of it fits.
mergeInto(LibraryManager.library, {
  $init_embind__deps: [],
  $init_embind: function () {},
  $count_emval_handles: function () {},
  $get_first_emval: function () {},
  $emval_get_global: function () {
    return globalThis;
  },
  $throwBindingError__deps: [],
  $throwBindingError: function (message) {
    throw new Error(message);
  },
  $throwInternalError__deps: [],
  $throwInternalError: function (message) {
    throw new Error(message);
  },
  $readLatin1String__deps: [],
  $readLatin1String: function (address) {
    let text = '';
    while (HEAPU8[address]) text += String.fromCharCode(HEAPU8[address++]);
    return text;
  },

  $registerType__deps: ['$registeredTypes'],
  $registerType: function (address, type) {
    registeredTypes[address] = Object.assign({ argPackAdvance: 8, destructorFunction: null }, type);
  },
  $requireRegisteredType__deps: ['$registeredTypes'],
  $requireRegisteredType: function (address) {
    return registeredTypes[address];
  },
  _embind_register_void__deps: ['$registerType'],
  _embind_register_void: function (address) {
    registerType(address, { fromWireType: function () {} });
  },
  _embind_register_bool__deps: ['$registerType'],
  _embind_register_bool: function (address) {
    registerType(address, {
      fromWireType: (wire) => !!wire,
      toWireType: (destructors, value) => (value ? 1 : 0),
      readValueFromPointer: (pointer) => !!HEAPU8[pointer],
    });
  },
  _embind_register_integer__deps: ['$registerType'],
  _embind_register_integer: function (address, name, size, least) {
    registerType(address, {
      fromWireType: (wire) => (least === 0 ? wire >>> 0 : wire),
      toWireType: (destructors, value) => value,
      readValueFromPointer: (pointer) => (least === 0 ? HEAPU32 : HEAP32)[pointer >> 2],
    });
  },
  _embind_register_float__deps: ['$registerType'],
  _embind_register_float: function (address) {
    registerType(address, {
      fromWireType: (wire) => wire,
      toWireType: (destructors, value) => value,
      readValueFromPointer: (pointer) => HEAPF64[pointer >> 3],
    });
  },
  _embind_register_std_string__deps: ['$registerType', 'malloc', 'free'],
  _embind_register_std_string: function (address) {
    const fromWireType = (wire) => {
      const text = new TextDecoder().decode(HEAPU8.subarray(wire + 4, wire + 4 + HEAPU32[wire >> 2]));
      _free(wire);
      return text;
    };
    registerType(address, {
      fromWireType,
      toWireType: (destructors, value) => {
        const bytes = new TextEncoder().encode(value);
        const wire = _malloc(bytes.length + 5);
        HEAPU32[wire >> 2] = bytes.length;
        HEAPU8.set(bytes, wire + 4);
        if (destructors) destructors.push(_free, wire);
        return wire;
      },
      readValueFromPointer: (pointer) => fromWireType(HEAPU32[pointer >> 2]),
    });
  },
  _embind_register_std_wstring: function () {},
  _embind_register_memory_view__deps: ['$registerType'],
  _embind_register_memory_view: function (address, kind) {
    const ArrayType = [, Uint8Array, , , , Uint32Array, , Float64Array][kind];
    const view = (pointer) => new ArrayType(HEAPU8.buffer, HEAPU32[(pointer >> 2) + 1], HEAPU32[pointer >> 2]);
    registerType(address, { fromWireType: view, readValueFromPointer: view });
  },

  // Types are looked up when a function is called: by then all are registered.
  $embind_caller__deps: ['$registeredTypes', '$runDestructors'],
  $embind_caller: function (name, count, addresses, invoker, context, isMethod) {
    const types = Array.from(HEAPU32.subarray(addresses >> 2, (addresses >> 2) + count));
    const parameters = types.slice(1);
    return function (...given) {
      if (isMethod) given.unshift(this);
      if (given.length !== parameters.length) throw new Error(name + ' takes other arguments');
      const destructors = [];
      const wires = parameters.map((type, index) => registeredTypes[type].toWireType(destructors, given[index]));
      const wire = wasmTable.get(invoker)(context, ...wires);
      runDestructors(destructors);
      return registeredTypes[types[0]].fromWireType(wire);
    };
  },
  _embind_register_function__deps: ['$embind_caller', '$readLatin1String'],
  _embind_register_function: function (name, count, addresses, signature, invoker, context) {
    name = readLatin1String(name);
    Module[name] = embind_caller(name, count, addresses, invoker, context);
  },
  _embind_register_class__deps: ['$registerType'],
  _embind_register_class: function (address, pointer, constant, ...rest) {
    const destroy = rest[9];
    class Handle {
      constructor(wire) {
        Object.defineProperty(this, 'wire', { value: wire, writable: true });
      }
      delete() {
        const wire = pointerType.toWireType(null, this);
        this.wire = 0;
        wasmTable.get(destroy)(wire);
      }
    }
    const pointerType = {
      prototype: Handle.prototype,
      fromWireType: (wire) => (wire ? new Handle(wire) : null),
      toWireType: (destructors, handle) => {
        if (!handle.wire) throw new Error('This object is deleted already.');
        return handle.wire;
      },
    };
    for (const each of [address, pointer, constant]) registerType(each, pointerType);
  },
  _embind_register_class_function__deps: ['$embind_caller', '$readLatin1String'],
  _embind_register_class_function: function (type, name, count, addresses, signature, invoker, context) {
    name = readLatin1String(name);
    registeredTypes[type].prototype[name] = embind_caller(name, count, addresses, invoker, context, true);
  },
});
