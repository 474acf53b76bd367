package dev.candor.load.transport.http;

/** Makes connections. <b>For its event loop only.</b> */
interface Opener {

  /**
   * Begins to make a connection and returns; tells {@code pool} once, by {@link Pool#made} or
   * {@link Pool#failed}, and after the first by {@link Pool#closed} when it has closed.
   */
  void open(HttpTransport transport, Pool pool);
}
