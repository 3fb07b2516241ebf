/** The part of dcmjs that tests read with; it has no types of its own. */
declare module 'dcmjs' {
	const dcmjs: {
		readonly data: {
			readonly DicomMessage: { readFile(buffer: ArrayBuffer): { readonly dict: object } };
			readonly DicomMetaDictionary: { naturalizeDataset(dict: object): object };
		};
	};
	export default dcmjs;
}
