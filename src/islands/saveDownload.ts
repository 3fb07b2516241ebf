/** A file for the reader's disk. */
export interface Download {
	readonly name: string;
	readonly blob: Blob;
}

/** The browser reads the blob after the click, when it asks for a place first much later. */
const KEEP_ADDRESS_MS = 600_000;

/** Hands a file to the browser's downloads. Whether it is saved there, and where, no page is told. */
export function saveDownload({ name, blob }: Download): void {
	const address = URL.createObjectURL(blob);
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(address), KEEP_ADDRESS_MS);
}
