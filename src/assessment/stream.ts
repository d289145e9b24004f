/** The trail of what people decide about the assessment itself: its method, and what is not counted. */
export const assessmentStream = 'assessment';
