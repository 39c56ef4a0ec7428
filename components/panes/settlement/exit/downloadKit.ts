import type { KeptProof } from '../../../../lib/settlement/kitShelf.ts';

/** @returns what came of it, as a sentence */
export async function downloadKit(kept: readonly KeptProof[]): Promise<string> {
  const { exitKitOf } = await import('../../../../lib/settlement/exitKit.ts');
  const kit = exitKitOf(kept);
  if (kit === undefined) return 'Nothing is kept yet: there is no final root with your accounts in it.';
  const file = new Blob([JSON.stringify(kit, undefined, 2)], { type: 'application/json' });
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = `ballast-exit-kit-${kept[0]?.proof.epoch ?? 0}.json`;
  link.click();
  // The browser has taken the file by then, or asks the person where to put it with the address already read.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return `Saved as ${link.download}: keep it where this machine’s end does not take it along.`;
}
