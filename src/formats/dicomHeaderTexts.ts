import type { DataSet } from './dicomDataSet.ts';
import type { DicomKeyword } from './dicomTags.ts';
import type { HeaderText } from './volume.ts';

/** Elements that name a person, a place or a visit, or hold what somebody typed. Source: DICOM PS3.15 annex E. */
const PERSONAL: readonly DicomKeyword[] = [
	'PatientName',
	'PatientID',
	'PatientBirthDate',
	'OtherPatientIDs',
	'OtherPatientNames',
	'PatientAddress',
	'PatientTelephoneNumbers',
	'PatientComments',
	'AccessionNumber',
	'StudyID',
	'StudyDate',
	'InstitutionName',
	'InstitutionAddress',
	'InstitutionalDepartmentName',
	'StationName',
	'ReferringPhysicianName',
	'PhysiciansOfRecord',
	'PerformingPhysicianName',
	'NameOfPhysiciansReadingStudy',
	'OperatorsName',
	'ContentCreatorName',
	'StudyDescription',
	'SeriesDescription',
	'ContentDescription',
	'ImageComments',
];

/** What a DICOM object tells of the patient, the visit and the staff, by keyword; empty elements are left out. */
export function dicomHeaderTexts(data: DataSet): HeaderText[] {
	return PERSONAL.flatMap((field) => {
		const text = data.text(field);
		return text === undefined ? [] : [{ field, text }];
	});
}
