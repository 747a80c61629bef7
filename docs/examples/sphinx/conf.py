project = "Memory"
html_theme = "alabaster"
# Copied into the root of what is built: a folder `heapyard/` with Heapyard's dist/ in it.
html_extra_path = ["extra"]
html_js_files = [("heapyard.js", {"type": "module"})]
html_static_path = ["static"]
