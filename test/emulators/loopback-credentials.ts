/** Region and credentials that no emulator checks. */
export const LOOPBACK_CREDENTIALS = {
  region: 'eu-central-1',
  credentials: { accessKeyId: 'loopback', secretAccessKey: 'loopback' },
} as const;
