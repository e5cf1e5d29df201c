/** A server of Prometheus' API that could not be asked, or refused a query. */
export class PrometheusError extends Error {
  /** Status of the response; null where there was none. */
  readonly status: number | null;

  constructor(message: string, status: number | null, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PrometheusError';
    this.status = status;
  }
}
