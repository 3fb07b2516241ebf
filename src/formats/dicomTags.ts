/** Value representations in use: how the bytes of an element are to be read. */
export type Vr =
	| 'AT'
	| 'CS'
	| 'DA'
	| 'DS'
	| 'FD'
	| 'IS'
	| 'LO'
	| 'OB'
	| 'OW'
	| 'PN'
	| 'SH'
	| 'SQ'
	| 'ST'
	| 'TM'
	| 'UI'
	| 'UL'
	| 'US';

/**
 * Tag and value representation of every element that is read or written, by its keyword.
 * Where elements are read in implicit VR this table is all there is to go by. Source: DICOM PS3.6.
 */
export const DICOM_TAGS = {
	FileMetaInformationGroupLength: [0x0002_0000, 'UL'],
	FileMetaInformationVersion: [0x0002_0001, 'OB'],
	MediaStorageSOPClassUID: [0x0002_0002, 'UI'],
	MediaStorageSOPInstanceUID: [0x0002_0003, 'UI'],
	TransferSyntaxUID: [0x0002_0010, 'UI'],
	ImplementationClassUID: [0x0002_0012, 'UI'],
	SpecificCharacterSet: [0x0008_0005, 'CS'],
	ImageType: [0x0008_0008, 'CS'],
	SOPClassUID: [0x0008_0016, 'UI'],
	SOPInstanceUID: [0x0008_0018, 'UI'],
	StudyDate: [0x0008_0020, 'DA'],
	SeriesDate: [0x0008_0021, 'DA'],
	ContentDate: [0x0008_0023, 'DA'],
	StudyTime: [0x0008_0030, 'TM'],
	SeriesTime: [0x0008_0031, 'TM'],
	ContentTime: [0x0008_0033, 'TM'],
	AccessionNumber: [0x0008_0050, 'SH'],
	Modality: [0x0008_0060, 'CS'],
	Manufacturer: [0x0008_0070, 'LO'],
	InstitutionName: [0x0008_0080, 'LO'],
	InstitutionAddress: [0x0008_0081, 'ST'],
	ReferringPhysicianName: [0x0008_0090, 'PN'],
	CodeValue: [0x0008_0100, 'SH'],
	CodingSchemeDesignator: [0x0008_0102, 'SH'],
	CodeMeaning: [0x0008_0104, 'LO'],
	StationName: [0x0008_1010, 'SH'],
	StudyDescription: [0x0008_1030, 'LO'],
	SeriesDescription: [0x0008_103e, 'LO'],
	InstitutionalDepartmentName: [0x0008_1040, 'LO'],
	PhysiciansOfRecord: [0x0008_1048, 'PN'],
	PerformingPhysicianName: [0x0008_1050, 'PN'],
	NameOfPhysiciansReadingStudy: [0x0008_1060, 'PN'],
	OperatorsName: [0x0008_1070, 'PN'],
	ManufacturerModelName: [0x0008_1090, 'LO'],
	PatientName: [0x0010_0010, 'PN'],
	PatientID: [0x0010_0020, 'LO'],
	PatientBirthDate: [0x0010_0030, 'DA'],
	PatientSex: [0x0010_0040, 'CS'],
	OtherPatientIDs: [0x0010_1000, 'LO'],
	OtherPatientNames: [0x0010_1001, 'PN'],
	PatientAddress: [0x0010_1040, 'LO'],
	PatientTelephoneNumbers: [0x0010_2154, 'SH'],
	PatientComments: [0x0010_4000, 'ST'],
	ContrastBolusAgent: [0x0018_0010, 'LO'],
	BodyPartExamined: [0x0018_0015, 'CS'],
	MRAcquisitionType: [0x0018_0023, 'CS'],
	SliceThickness: [0x0018_0050, 'DS'],
	RepetitionTime: [0x0018_0080, 'DS'],
	EchoTime: [0x0018_0081, 'DS'],
	SpacingBetweenSlices: [0x0018_0088, 'DS'],
	DeviceSerialNumber: [0x0018_1000, 'LO'],
	SoftwareVersions: [0x0018_1020, 'LO'],
	EffectiveEchoTime: [0x0018_9082, 'FD'],
	DiffusionBValue: [0x0018_9087, 'FD'],
	MREchoSequence: [0x0018_9114, 'SQ'],
	MRDiffusionSequence: [0x0018_9117, 'SQ'],
	StudyInstanceUID: [0x0020_000d, 'UI'],
	SeriesInstanceUID: [0x0020_000e, 'UI'],
	StudyID: [0x0020_0010, 'SH'],
	SeriesNumber: [0x0020_0011, 'IS'],
	InstanceNumber: [0x0020_0013, 'IS'],
	ImagePositionPatient: [0x0020_0032, 'DS'],
	ImageOrientationPatient: [0x0020_0037, 'DS'],
	FrameOfReferenceUID: [0x0020_0052, 'UI'],
	PositionReferenceIndicator: [0x0020_1040, 'LO'],
	ImageComments: [0x0020_4000, 'ST'],
	FrameContentSequence: [0x0020_9111, 'SQ'],
	PlanePositionSequence: [0x0020_9113, 'SQ'],
	PlaneOrientationSequence: [0x0020_9116, 'SQ'],
	DimensionIndexValues: [0x0020_9157, 'UL'],
	DimensionOrganizationUID: [0x0020_9164, 'UI'],
	DimensionIndexPointer: [0x0020_9165, 'AT'],
	FunctionalGroupPointer: [0x0020_9167, 'AT'],
	DimensionOrganizationSequence: [0x0020_9221, 'SQ'],
	DimensionIndexSequence: [0x0020_9222, 'SQ'],
	DimensionOrganizationType: [0x0020_9311, 'CS'],
	SamplesPerPixel: [0x0028_0002, 'US'],
	PhotometricInterpretation: [0x0028_0004, 'CS'],
	NumberOfFrames: [0x0028_0008, 'IS'],
	Rows: [0x0028_0010, 'US'],
	Columns: [0x0028_0011, 'US'],
	PixelSpacing: [0x0028_0030, 'DS'],
	BitsAllocated: [0x0028_0100, 'US'],
	BitsStored: [0x0028_0101, 'US'],
	HighBit: [0x0028_0102, 'US'],
	PixelRepresentation: [0x0028_0103, 'US'],
	PixelPaddingValue: [0x0028_0120, 'US'],
	RescaleIntercept: [0x0028_1052, 'DS'],
	RescaleSlope: [0x0028_1053, 'DS'],
	LossyImageCompression: [0x0028_2110, 'CS'],
	PixelMeasuresSequence: [0x0028_9110, 'SQ'],
	PixelValueTransformationSequence: [0x0028_9145, 'SQ'],
	SegmentationType: [0x0062_0001, 'CS'],
	SegmentSequence: [0x0062_0002, 'SQ'],
	SegmentedPropertyCategoryCodeSequence: [0x0062_0003, 'SQ'],
	SegmentNumber: [0x0062_0004, 'US'],
	SegmentLabel: [0x0062_0005, 'LO'],
	SegmentDescription: [0x0062_0006, 'ST'],
	SegmentAlgorithmType: [0x0062_0008, 'CS'],
	SegmentIdentificationSequence: [0x0062_000a, 'SQ'],
	ReferencedSegmentNumber: [0x0062_000b, 'US'],
	RecommendedDisplayCIELabValue: [0x0062_000d, 'US'],
	MaximumFractionalValue: [0x0062_000e, 'US'],
	SegmentedPropertyTypeCodeSequence: [0x0062_000f, 'SQ'],
	SegmentsOverlap: [0x0062_0013, 'CS'],
	ContentLabel: [0x0070_0080, 'CS'],
	ContentDescription: [0x0070_0081, 'LO'],
	ContentCreatorName: [0x0070_0084, 'PN'],
	SharedFunctionalGroupsSequence: [0x5200_9229, 'SQ'],
	PerFrameFunctionalGroupsSequence: [0x5200_9230, 'SQ'],
	PixelData: [0x7fe0_0010, 'OW'],
} as const satisfies Record<string, readonly [tag: number, vr: Vr]>;

/** An element by its name in the standard. */
export type DicomKeyword = keyof typeof DICOM_TAGS;
