import { BadInput } from './command.ts';
import type { CliKey, Say } from './say.ts';

const REASONS: Readonly<Record<string, CliKey>> = {
	ENOTDIR: 'case.intoFile',
	EEXIST: 'case.intoFile',
	ENAMETOOLONG: 'case.intoMissing',
	ELOOP: 'case.intoMissing',
	EACCES: 'case.intoRefused',
	EPERM: 'case.intoRefused',
	EROFS: 'case.intoRefused',
	ENOSPC: 'case.intoFull',
	EDQUOT: 'case.intoFull',
};

/** Waits for something that writes into `folder`. Throws `BadInput` that says why it cannot be written to. */
export async function intoFolder<Written>(folder: string, say: Say, writing: Promise<Written>): Promise<Written> {
	try {
		return await writing;
	} catch (failure) {
		const reason = REASONS[(failure as NodeJS.ErrnoException).code ?? ''];
		if (reason) throw new BadInput([`${folder}: ${say(reason)}`]);
		throw failure;
	}
}
