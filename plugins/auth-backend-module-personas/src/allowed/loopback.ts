/** Whether a host name or address, as URLs and sockets write it, is this machine's own. */
export function isLoopback(host: string): boolean {
  const plain = host.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    plain === 'localhost' ||
    plain === '::1' ||
    /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain)
  );
}
