/** Hands the reader a file; returns how many bytes it has. */
export function save(name: string, type: string, content: BlobPart): number {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return blob.size;
}
