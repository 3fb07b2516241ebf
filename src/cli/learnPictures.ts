/** Makes the still pictures of lessons, rules and questions from the built-in cases. Run it when those or content/pictures change. */
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { parse } from 'yaml';
import { type Picture, type PictureDrawing, pictureDrawingSchema, pictureSchema } from '../schemas/picture.ts';
import { parseArgs, runCommand, StepError, UsageError } from './launcher/args.mjs';
import { CaseFiles } from './pictures/caseFiles.ts';
import { drawPicture, type MadePicture } from './pictures/drawPicture.ts';

const HELP = `npm run pictures [-- --data DIR] [--case ID]
Makes src/assets/pictures of what content/pictures tells, from the cases in the data folder (else .data).
  --case ID  the pictures of one case alone`;

/** Bytes that a picture may take. */
const LARGEST = 12_000;
/** Qualities that are tried until it fits. */
const QUALITIES = [80, 70, 62, 54, 46, 38, 30];

await runCommand(HELP, async () => {
	const { options } = parseArgs(process.argv.slice(2), { data: 'value', case: 'value', help: 'flag' });
	if (options.help) {
		console.log(HELP);
		return 0;
	}
	const root = resolve(import.meta.dirname, '../..');
	const cases = join(resolve(String(options.data ?? join(root, '.data'))), 'cases');
	const pictures = readPictures(join(root, 'content', 'pictures'));
	const known = [...new Set([...pictures.values()].map((picture) => picture.case))].sort();
	const wanted = known.filter((id) => options.case === undefined || id === options.case);
	if (wanted.length === 0) throw new UsageError(`content/pictures shows nothing of the case ${options.case}`);
	const assets = join(root, 'src', 'assets', 'pictures');
	mkdirSync(assets, { recursive: true });
	copyFileSync(join(root, 'content', 'anatomy', 'NOTICE.txt'), join(assets, 'NOTICE.txt'));
	const problems: string[] = [];
	for (const id of wanted) problems.push(...(await makeOfCase(new CaseFiles(cases, id), pictures, assets)));
	if (problems.length > 0) throw new StepError(problems.join('\n'));
	removeOthers(assets, pictures);
	return 0;
});

function readPictures(folder: string): ReadonlyMap<string, Picture> {
	const problems: string[] = [];
	const pictures = new Map<string, Picture>();
	for (const file of readdirSync(folder).sort()) {
		const read = pictureSchema.safeParse(parse(readFileSync(join(folder, file), 'utf8')));
		if (read.success) pictures.set(file.replace(/\.yaml$/, ''), read.data);
		else problems.push(...read.error.issues.map(({ path, message }) => `${file}: ${path.join('.')}: ${message}`));
	}
	if (problems.length > 0) throw new StepError(problems.join('\n'));
	return pictures;
}

/** Makes the pictures of a case and tells what could not be made. Pictures of the same greys share one file. */
async function makeOfCase(files: CaseFiles, pictures: ReadonlyMap<string, Picture>, assets: string): Promise<string[]> {
	const problems: string[] = [];
	const made = new Map<string, MadePicture>();
	const images = new Map<string, string>();
	for (const [id, picture] of pictures) {
		if (picture.case !== files.id) continue;
		try {
			const { pixels, drawing } = make(id, pictures, files, made);
			const greys = Buffer.from(pixels).toString('base64');
			const image = images.get(greys) ?? id;
			images.set(greys, image);
			if (image === id) await writeWebp(pixels, drawing, join(assets, `${id}.webp`));
			writeFileSync(join(assets, `${id}.json`), `${JSON.stringify({ image, ...drawing }, null, '\t')}\n`);
		} catch (error) {
			if (!(error instanceof StepError)) throw error;
			problems.push(`${id}: ${error.message}`);
		}
	}
	return problems;
}

/** Removes what no picture needs any more, and says what the rest takes. */
function removeOthers(assets: string, pictures: ReadonlyMap<string, Picture>): void {
	const needed = new Set(['NOTICE.txt']);
	for (const id of pictures.keys()) {
		const file = join(assets, `${id}.json`);
		if (!existsSync(file)) continue;
		const { image } = pictureDrawingSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
		needed.add(`${id}.json`).add(`${image}.webp`);
	}
	let bytes = 0;
	for (const name of readdirSync(assets)) {
		if (!needed.has(name)) rmSync(join(assets, name));
		else if (name.endsWith('.webp')) bytes += statSync(join(assets, name)).size;
	}
	console.log(`${pictures.size} pictures, ${Math.round(bytes / 1000)} kB of images`);
}

function make(
	id: string,
	pictures: ReadonlyMap<string, Picture>,
	files: CaseFiles,
	made: Map<string, MadePicture>,
): MadePicture {
	const known = made.get(id);
	if (known) return known;
	const picture = pictures.get(id)!;
	const like = typeof picture.slice === 'string' && /^as:(.+)$/.exec(picture.slice)?.[1];
	if (like) {
		if (pictures.get(like)?.case !== picture.case) throw new StepError(`${like} is no picture of ${picture.case}.`);
		if (pictures.get(like)?.slice === `as:${id}`) throw new StepError(`${like} has no slice of its own.`);
	}
	const drawn = drawPicture(picture, files, like ? make(like, pictures, files, made) : undefined);
	made.set(id, drawn);
	return drawn;
}

/** Writes the greys at the best quality that fits. */
async function writeWebp(
	pixels: Uint8Array,
	{ width, height }: Pick<PictureDrawing, 'width' | 'height'>,
	file: string,
): Promise<void> {
	const image = sharp(pixels, { raw: { width, height, channels: 1 } });
	for (const quality of QUALITIES) {
		const data = await image.clone().webp({ quality, effort: 6 }).toBuffer();
		if (data.length > LARGEST && quality !== QUALITIES.at(-1)) continue;
		writeFileSync(file, data);
		return;
	}
}
