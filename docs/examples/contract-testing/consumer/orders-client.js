/** What the web shop shows of an order: it relies on `id` and `total`, and on nothing else. */
export async function orderSummary(ordersUrl, id) {
  const response = await fetch(`${ordersUrl}/orders/${id}`, { headers: { accept: 'application/json' } });
  if (response.status === 404) return 'There is no such order';
  const order = await response.json();
  return `Order ${order.id}: ${order.total.toFixed(2)}`;
}
