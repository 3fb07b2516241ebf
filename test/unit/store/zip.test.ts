import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openZip, type ZipLimits, zipFiles } from '../../../src/store/zip.ts';

const LIMITS: ZipLimits = { entries: 5, entryBytes: 3_000_000, totalBytes: 4_000_000 };
const text = (words: string) => new Uint8Array(new TextEncoder().encode(words));
const gzipLike = (length: number) => Uint8Array.from({ length }, (_, n) => (n === 0 ? 0x1f : n === 1 ? 0x8b : 0));
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

async function opened(blob: Blob, limits = LIMITS) {
	const zip = await openZip(blob, 'a.zip', limits);
	if (!zip.ok) throw new Error(JSON.stringify(zip.issues));
	return zip.value;
}
const refusal = async (blob: Blob, limits = LIMITS) => {
	const zip = await openZip(blob, 'a.zip', limits);
	return zip.ok ? 'opened' : zip.issues;
};

/** The blob with some of its bytes replaced. */
async function changed(blob: Blob, at: number, bytes: Uint8Array): Promise<Blob> {
	const copy = await bytesOf(blob);
	copy.set(bytes, at);
	return new Blob([copy]);
}

describe('an archive', () => {
	it('gives back every file, byte for byte, with folders and Chinese names', async () => {
		const files = [
			{ name: 'empty', data: new Uint8Array(0) },
			{ name: '病例/一.json', data: text('{"a":1}') },
			{ name: 'big.nii.gz', data: new Blob([gzipLike(100_000)]) },
		];
		const zip = await opened(await zipFiles(files));
		expect([...zip.sizes]).toEqual([
			['empty', 0],
			['病例/一.json', 7],
			['big.nii.gz', 100_000],
		]);
		for (const { name, data } of files) {
			const read = await zip.read(name);
			expect(read.ok && (await bytesOf(read.value))).toEqual(data instanceof Blob ? await bytesOf(data) : data);
		}
		expect(await zip.read('other')).toEqual({
			ok: false,
			issues: [{ code: 'zip.missing', path: 'other', params: {} }],
		});
	});

	it('deflates what is worth it and stores what is compressed already', async () => {
		expect((await zipFiles([{ name: 'a', data: new Uint8Array(1_000_000) }])).size).toBeLessThan(5000);
		expect((await zipFiles([{ name: 'a', data: gzipLike(1_000_000) }])).size).toBeGreaterThan(1_000_000);
	});

	it('tells how far it is, and stops when it is told to', async () => {
		const seen: number[] = [];
		const files = [1, 2, 3].map((n) => ({ name: `${n}`, data: new Uint8Array(1000 * n) }));
		await zipFiles(files, { onProgress: (bytes) => seen.push(bytes) });
		expect(seen.at(-1)).toBe(6000);
		expect(seen).toEqual([...seen].sort((a, b) => a - b));
		const stop = new AbortController();
		const stopping = zipFiles(files, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
		await expect(stopping).rejects.toThrow('enough');
	});

	it('that is none, or is cut off, says so', async () => {
		const zip = await zipFiles([{ name: 'a', data: text('hello hello hello') }]);
		expect(await refusal(new Blob(['GIF89a and more']))).toMatchObject([{ code: 'zip.notZip', path: 'a.zip' }]);
		expect(await refusal(new Blob([]))).toMatchObject([{ code: 'zip.notZip' }]);
		expect(await refusal(zip.slice(0, zip.size - 30))).toMatchObject([{ code: 'zip.truncated' }]);
		expect(await refusal(new Blob([zip, 'appended']))).toMatchObject([{ code: 'zip.damaged' }]);
	});

	it('with a damaged file says which', async () => {
		const zip = await zipFiles([
			{ name: 'a', data: gzipLike(500) },
			{ name: 'b', data: text('whole') },
		]);
		const damaged = await opened(await changed(zip, 200, Uint8Array.of(7)));
		expect(await damaged.read('a')).toMatchObject({ ok: false, issues: [{ code: 'zip.damaged', path: 'a' }] });
		expect(await damaged.read('b')).toMatchObject({ ok: true });
	});

	it('of too many files, or too much, is refused by its list alone', async () => {
		const files = Array.from({ length: 6 }, (_, n) => ({ name: `${n}`, data: new Uint8Array(900_000) }));
		expect(await refusal(await zipFiles(files))).toMatchObject([{ code: 'zip.tooLarge', params: { limitMb: 4 } }]);
		const small = files.map(({ name }) => ({ name, data: text(name) }));
		expect(await refusal(await zipFiles(small))).toMatchObject([{ code: 'zip.tooMany', params: { limit: 5 } }]);
		const large = await zipFiles([{ name: 'a', data: new Uint8Array(3_000_001) }]);
		expect(await refusal(large)).toMatchObject([{ code: 'zip.tooLarge', params: { limitMb: 3 } }]);
	});

	it.each(['../a', '/a', 'a/../../b', 'C:/a', '..\\a'])('with a file named %s is damaged', async (name) => {
		const zip = await zipFiles([{ name: 'n'.repeat(name.length), data: text('x') }]);
		const raw = await bytesOf(zip);
		const from = text('n'.repeat(name.length));
		for (let at = 0; at < raw.length - from.length; at++)
			if (from.every((byte, n) => raw[at + n] === byte)) raw.set(text(name), at);
		expect(await refusal(new Blob([raw]))).toMatchObject([{ code: 'zip.damaged' }]);
	});

	it('whose file inflates to more than it says stops there', async () => {
		const zip = await zipFiles([{ name: 'bomb', data: new Uint8Array(1_000_000) }]);
		const raw = await bytesOf(zip);
		const view = new DataView(raw.buffer);
		// Behind the local header the size stands once more: in the descriptor or the header itself, and in the directory.
		let replaced = 0;
		for (let at = 0; at < raw.length - 4; at++)
			if (view.getUint32(at, true) === 1_000_000) {
				view.setUint32(at, 1000, true);
				replaced++;
			}
		expect(replaced).toBeGreaterThan(0);
		const bomb = await opened(new Blob([raw]));
		let taken = 0;
		const issue = await bomb.stream('bomb', (piece) => {
			taken += piece.length;
		});
		expect(issue).toMatchObject({ code: 'zip.damaged', path: 'bomb' });
		expect(taken).toBeLessThanOrEqual(1000);
		expect(deflateRawSync(new Uint8Array(1_000_000)).length).toBeLessThan(2000);
	});
});
