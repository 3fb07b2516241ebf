import type { SeriesRole } from '../../importers/guessSequence.ts';
import { SEQUENCES } from '../../protocol/protocol.ts';
import { useOpenRoom } from './context.ts';
import { fileName, roleName } from './sentences.ts';
import type { ReadEntry } from './state.ts';

const ROLES: readonly (SeriesRole | null)[] = [...SEQUENCES, 'reference', null];
const NONE = 'none';

/** What a file is used as. */
export function RoleSelect({ entry, id }: { readonly entry: ReadEntry; readonly id?: string }) {
	const room = useOpenRoom();
	return (
		<select
			id={id}
			className="choice"
			aria-label={id ? undefined : room.t('role.of', { file: fileName(entry.path) })}
			value={entry.role ?? NONE}
			onChange={({ currentTarget: { value } }) =>
				room.session.setRole(entry.path, value === NONE ? null : (value as SeriesRole))
			}
		>
			{ROLES.map((role) => (
				<option key={role ?? NONE} value={role ?? NONE}>
					{roleName(role, room)}
				</option>
			))}
		</select>
	);
}
