/** Longest name of a case: it has to fit the bar above the images. */
export const NAME_LENGTH = 60;

/** Folders that say what is in them, not whose it is. */
const GENERIC =
	/^(?:native|raw|raw_bet|nii|nifti|niftis|images?|imgs?|data|dataset|anat|mri?|scans?|series|files?|seg|segmentations?|masks?|labels?|downloads?|desktop|documents?|下载|桌面|文档|影像|数据|新建文件夹)$/i;

/**
 * A name for the case out of its files' paths: the folder they share, passing over folders such as `native`, else what
 * their names begin with. Empty where there is nothing to go by.
 */
export function guessCaseName(paths: readonly string[]): string {
	const split = paths.map((path) => path.split('/').filter(Boolean));
	const [first] = split;
	if (!first) return '';
	const folders = split.map((parts) => parts.slice(0, -1));
	const shared = first.slice(0, -1).filter((part, n) => folders.every((parts) => parts[n] === part));
	const folder = shared.reverse().find((part) => !GENERIC.test(part.trim()));
	if (folder) return cleanCaseName(folder);
	const names = split.map((parts) => parts.at(-1) ?? '');
	if (names.length < 2) return '';
	let prefix = names[0] ?? '';
	for (const name of names) while (!name.startsWith(prefix)) prefix = prefix.slice(0, -1);
	// "…_t1" and "…_t2" share the t: only whole words are a name.
	const whole = prefix.replace(/[^\s_.-]*$/, '').replace(/[\s_.-]+$/, '');
	return whole.length >= 3 && !GENERIC.test(whole) ? cleanCaseName(whole) : '';
}

/** A name as it is kept: one line, single spaces, at most 60 characters. May come out empty. */
export function cleanCaseName(name: string): string {
	const line = name.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	return [...line].slice(0, NAME_LENGTH).join('').trim();
}
