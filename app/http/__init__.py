"""What both faces that speak HTTP stand on: the server's parts, one transaction for a request, limits, ETags."""
