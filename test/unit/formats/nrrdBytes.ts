import { zlibGzip } from './bytes.ts';

/** Text lines of a header, and what stands behind them. */
export interface NrrdParts {
	/** Fields to add to, or (null) to leave out of, those of a 3 × 2 × 2 uint8 file in LPS. */
	readonly fields?: Readonly<Record<string, string | null>>;
	/** Lines behind the fields, such as key/value pairs. */
	readonly lines?: readonly string[];
	/** What follows the empty line; default the bytes 1 to 12, as the encoding has them. */
	readonly data?: Uint8Array;
	readonly newline?: string;
}

const COUNT = 12;

/** Writes an NRRD file by hand, not with code of the project. */
export function nrrdBytes({ fields = {}, lines = [], data, newline = '\n' }: NrrdParts = {}): Uint8Array<ArrayBuffer> {
	const all: Record<string, string | null> = {
		type: 'unsigned char',
		dimension: '3',
		space: 'left-posterior-superior',
		sizes: '3 2 2',
		'space directions': '(1,0,0) (0,1,0) (0,0,2)',
		kinds: 'domain domain domain',
		encoding: 'raw',
		'space origin': '(10,20,30)',
		...fields,
	};
	const written = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
	const header = ['NRRD0005', ...written, ...lines, '', ''].join(newline);
	const plain = Uint8Array.from({ length: COUNT }, (_, n) => n + 1);
	const body = data ?? (all.encoding === 'gzip' ? zlibGzip(plain) : plain);
	return Uint8Array.from([...new TextEncoder().encode(header), ...body]);
}
