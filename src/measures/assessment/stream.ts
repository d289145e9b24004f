/** The trail of decisions about the assessment: methods and exclusions. */
export const assessmentStream = 'assessment';
