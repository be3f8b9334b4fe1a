/** psql's exit statuses (settings.h). */
export const exitStatus = { success: 0, failure: 1, badConnection: 2, user: 3 } as const;
