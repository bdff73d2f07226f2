/** An officer's messages as the console reads them, the newest first. */
export interface MessageList { total: number; unread: number; messages: { id: string; subject: { zh: string; en: string }; body: { zh: string; en: string }; caseNo: string | null; at: string; readAt: string | null }[] }
