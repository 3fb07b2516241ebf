/** The last part of a path, `/` or `\` between folders. */
export function nameOf(path: string): string {
	return path.slice(lastSlash(path) + 1);
}

/** The path of a file in the same folder. */
export function besidePath(path: string, name: string): string {
	return path.slice(0, lastSlash(path) + 1) + name;
}

function lastSlash(path: string): number {
	return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
}
