/** A MetaImage header as ITK writes it, with keys set anew or, set to undefined, left out; `ElementDataFile` comes last. */
export function metaImageHeader(keys: Readonly<Record<string, string | undefined>> = {}): Uint8Array<ArrayBuffer> {
	const { ElementDataFile = 'LOCAL', ...changed } = keys;
	const all: Record<string, string | undefined> = {
		ObjectType: 'Image',
		NDims: '3',
		BinaryData: 'True',
		BinaryDataByteOrderMSB: 'False',
		CompressedData: 'False',
		TransformMatrix: '1 0 0 0 1 0 0 0 1',
		Offset: '0 0 0',
		CenterOfRotation: '0 0 0',
		AnatomicalOrientation: 'RAI',
		ElementSpacing: '1 1 1',
		DimSize: '2 2 2',
		ElementType: 'MET_SHORT',
		...changed,
		ElementDataFile,
	};
	const lines = Object.entries(all).map(([key, value]) => (value === undefined ? '' : `${key} = ${value}\n`));
	return Uint8Array.from(lines.join(''), (sign) => sign.charCodeAt(0));
}
