// What Embind brings along and no module here uses: strings of wide characters with their encodings, and the counters
// of instances.
mergeInto(LibraryManager.library, {
  _embind_register_std_wstring: function () {},
  $init_embind__deps: [],
  $init_embind: function () {},
});
