import {
	BlobReader,
	BlobWriter,
	configure,
	ERR_EOCDR_NOT_FOUND,
	type FileEntry,
	ZipReader,
	ZipWriter,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import type { Issue, Result } from '../formats/issue.ts';

// The browser's own streams do the work. A worker would be one made from a blob, and would save no time.
configure({ useWebWorkers: false });

/** A file for an archive; its name may have folders, with slashes between. */
export interface FileToZip {
	readonly name: string;
	readonly data: Blob | Uint8Array<ArrayBuffer>;
}

export interface ZipOptions {
	readonly signal?: AbortSignal | undefined;
	/** Called with the bytes that were taken in so far, over all files. */
	readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** What an archive may come to before it is refused. */
export interface ZipLimits {
	readonly entries: number;
	/** Of one file, inflated. */
	readonly entryBytes: number;
	/** Of all files together, inflated. */
	readonly totalBytes: number;
}

/** An archive whose list of files was read and is within the limits. */
export interface OpenedZip {
	/** Inflated size of each file by its name, as the archive says; no folders. */
	readonly sizes: ReadonlyMap<string, number>;
	/**
	 * Hands over a file piece by piece, never more than its size, and checks its CRC-32. Issues, all with the file's
	 * name as path: `zip.missing`, `zip.damaged`. Rejects with the signal's reason, and with what `take` throws.
	 */
	stream(
		name: string,
		take: (piece: Uint8Array<ArrayBuffer>) => void,
		signal?: AbortSignal,
	): Promise<Issue | undefined>;
	/** A file, checked as `stream` does. */
	read(name: string, signal?: AbortSignal): Promise<Result<Blob>>;
}

const MB = 1e6;

/**
 * Packs files into one archive, in their order. What is compressed already is stored, the rest deflated. One file at a
 * time is in memory. Rejects with the signal's reason, and with what `files` throws. Source: PKWARE APPNOTE 6.3.10.
 */
export async function zipFiles(
	files: AsyncIterable<FileToZip> | Iterable<FileToZip>,
	{ signal, onProgress }: ZipOptions = {},
): Promise<Blob> {
	const out = new BlobWriter('application/zip');
	const writer = new ZipWriter(out, { keepOrder: true, extendedTimestamp: false });
	let before = 0;
	for await (const { name, data } of files) {
		signal?.throwIfAborted();
		const blob = data instanceof Blob ? data : new Blob([data]);
		const level = (await isCompressed(blob)) ? 0 : 6;
		const done = before;
		await writer.add(name, new BlobReader(blob), {
			level,
			...(signal && { signal }),
			...(onProgress && { onprogress: async (bytes: number) => onProgress(done + bytes) }),
		});
		before += blob.size;
		onProgress?.(before);
	}
	signal?.throwIfAborted();
	return writer.close();
}

/** gzip, zip, PNG and JPEG by their first bytes. */
async function isCompressed(blob: Blob): Promise<boolean> {
	const [a, b] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
	return [0x1f8b, 0x504b, 0x8950, 0xffd8].includes(((a ?? 0) << 8) | (b ?? 0));
}

/**
 * Reads the list of files of an archive; the files themselves are read on demand, anywhere in the blob. Names that
 * lead out of a folder, names that come twice, encryption, and anything that two readers could read differently are
 * damage. One issue: `zip.notZip`, `zip.truncated`, `zip.damaged`, `zip.tooMany` {limit}, `zip.tooLarge` {limitMb}.
 */
export async function openZip(blob: Blob, path: string, limits: ZipLimits): Promise<Result<OpenedZip>> {
	const fail = (code: string, params = {}): Result<OpenedZip> => ({ ok: false, issues: [{ code, path, params }] });
	const reader = new ZipReader(new BlobReader(blob), {
		strictness: 'strict',
		checkCrc32: true,
		checkOverlappingEntry: true,
	});
	const entries = new Map<string, FileEntry>();
	let total = 0;
	try {
		for await (const entry of reader.getEntriesGenerator()) {
			if (entries.size >= limits.entries) return fail('zip.tooMany', { limit: limits.entries });
			if (entry.directory) continue;
			total += entry.uncompressedSize;
			const limit = entry.uncompressedSize > limits.entryBytes ? limits.entryBytes : limits.totalBytes;
			if (entry.uncompressedSize > limits.entryBytes || total > limits.totalBytes)
				return fail('zip.tooLarge', { limitMb: Math.floor(limit / MB) });
			if (entry.encrypted) return fail('zip.damaged');
			entries.set(entry.filename, entry);
		}
	} catch (error) {
		const [p, k] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
		if (p !== 0x50 || k !== 0x4b) return fail('zip.notZip');
		return fail((error as Error).message === ERR_EOCDR_NOT_FOUND ? 'zip.truncated' : 'zip.damaged');
	}
	return { ok: true, value: opened(entries) };
}

function opened(entries: ReadonlyMap<string, FileEntry>): OpenedZip {
	const stream: OpenedZip['stream'] = async (name, take, signal) => {
		const entry = entries.get(name);
		if (!entry) return { code: 'zip.missing', path: name, params: {} };
		let bytes = 0;
		let thrown: { error: unknown } | undefined;
		const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
			write(piece) {
				bytes += piece.length;
				// The size is the archive's own word; deflate may go on a thousandfold.
				if (bytes > entry.uncompressedSize) throw new Error('got more than the archive says');
				try {
					take(piece);
				} catch (error) {
					thrown = { error };
					throw error;
				}
			},
		});
		try {
			await entry.getData(sink, signal ? { signal } : {});
		} catch {
			signal?.throwIfAborted();
			if (thrown) throw thrown.error;
			return { code: 'zip.damaged', path: name, params: {} };
		}
		return bytes === entry.uncompressedSize ? undefined : { code: 'zip.damaged', path: name, params: {} };
	};
	return {
		sizes: new Map([...entries].map(([name, { uncompressedSize }]) => [name, uncompressedSize])),
		stream,
		async read(name, signal) {
			const pieces: Uint8Array<ArrayBuffer>[] = [];
			const issue = await stream(name, (piece) => pieces.push(piece), signal);
			return issue ? { ok: false, issues: [issue] } : { ok: true, value: new Blob(pieces) };
		},
	};
}
