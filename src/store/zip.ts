export async function zipFiles(_files: AsyncIterable<{ name: string; data: Uint8Array | Blob }>): Promise<Blob> {
	throw new Error('not merged');
}
